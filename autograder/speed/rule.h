// The one-sided sequential rule: when enough has been measured, and what it says.
//
// The program under test and a reference run in pairs, in random order. One run of the program that
// reaches the target is proof, for noise only makes it slower: PASS. It fails only when the reference,
// beside it, has reached a higher target many times while the program never reached its own; if the two
// are equally good, that happens once in 2^12 cases. It also fails when its processor time alone, which
// hardly depends on what else runs, rules the target out, several times in a row, beside references whose
// processor time allows the higher target. (A host that takes a virtual processor away makes processor
// time longer, for both.) If the machine lets
// neither the program nor the reference be fast, nobody can tell: BUSY.
#pragma once

enum rule_verdict { RULE_GO_ON, RULE_PASS, RULE_FAIL, RULE_BUSY };

enum {
    RULE_LONE_HITS = 12,  // of the reference alone, until the program fails
    RULE_HOPELESS = 4,    // runs in a row whose processor time rules the target out
    RULE_TIME_MS = 15000, // then nobody can tell
    RULE_REFERENCES = 2,  // kinds of references, by turns: reference.h
};

struct rule {
    double target; // speedup that passes
    int lone_hits[RULE_REFERENCES];
    int hopeless; // in a row, but for those beside a reference that was hopeless, too
    double most;  // speedup that the processor time allowed in those
    int pairs;
    double best;           // speedup of the program so far
    double best_reference; // and of the reference
};

// Half-way between no speedup and as much as there are workers.
double rule_target(int workers);

struct rule rule_start(int workers);

// The speedups of one pair of runs.
struct rule_pair {
    double program;
    double most;   // that the program's processor time allows
    int reference; // its kind
    double of_reference;
    double most_of_reference; // that the reference's processor time allows
};

// Takes a pair. `elapsed_ms`: since the first began.
enum rule_verdict rule_add(struct rule *rule, const struct rule_pair *pair, long elapsed_ms);

// The points of `most` for a test of speed: two fifths for the gates, the rest for the speedup, in
// quarters of the way from 1 to the target.
int rule_points(const struct rule *rule, enum rule_verdict verdict, int most);
