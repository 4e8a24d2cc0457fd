// The one-sided sequential rule.
#include "rule.h"

double rule_target(int workers)
{
    return (workers + 1) / 2.0;
}

struct rule rule_start(int workers)
{
    return (struct rule){.target = rule_target(workers)};
}

// How often the reference alone was fast; it does not count before each kind of it was.
static int lone_hits(const struct rule *rule)
{
    int sum = 0;
    for (int i = 0; i < RULE_REFERENCES; i++) {
        if (rule->lone_hits[i] == 0)
            return 0;
        sum += rule->lone_hits[i];
    }
    return sum;
}

enum rule_verdict rule_add(struct rule *rule, const struct rule_pair *pair, long elapsed_ms)
{
    rule->pairs++;
    rule->best = pair->program > rule->best ? pair->program : rule->best;
    if (pair->of_reference > rule->best_reference)
        rule->best_reference = pair->of_reference;
    if (pair->program >= rule->target)
        return RULE_PASS;
    if (pair->of_reference >= 1.1 * rule->target)
        rule->lone_hits[pair->reference]++;
    if (pair->most >= 0.9 * rule->target) {
        rule->hopeless = 0;
        rule->most = 0;
    } else if (pair->most_of_reference >= 1.1 * rule->target) {
        rule->hopeless++;
        rule->most = pair->most > rule->most ? pair->most : rule->most;
    }
    if (lone_hits(rule) >= RULE_LONE_HITS || rule->hopeless >= RULE_HOPELESS)
        return RULE_FAIL;
    return elapsed_ms > RULE_TIME_MS ? RULE_BUSY : RULE_GO_ON;
}

int rule_points(const struct rule *rule, enum rule_verdict verdict, int most)
{
    if (verdict == RULE_PASS)
        return most;
    double way = (rule->best - 1) / (rule->target - 1);
    int quarters = way <= 0 ? 0 : way >= 1 ? 3 : (int)(way * 4);
    int gates = most * 2 / 5;
    return gates + (most - gates) * quarters / 4;
}
