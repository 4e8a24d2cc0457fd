// Work that is measured. A drive of a test of speed has the module do it:
//
//   DRIVE(speed, "maps the measured work over all items")
//   {
//       uint64_t results[WORK_MOST_ITEMS];
//       work_begin();
//       map(work_do, work_items(), work_workers(), results);
//       work_end(results);
//   }
//
// Everything that starts processes belongs between begin and end. What is measured is answered as
// "trace" (autograder/speed/trace.h). The arguments of the drive say how much work there is:
// items, workers, kind (0 computing, 1 waiting), steps (of an item's computation), seed, and meeting=1:
// the items then do not work, but wait until as many of them are under way as there should be workers.
#pragma once
#include <stdint.h>

enum { WORK_MOST_ITEMS = 64 };

int work_items(void);
int work_workers(void);

// Does one item, 0 to work_items() - 1, in whatever process calls it, and returns its result.
uint64_t work_do(int item);

// The same for what is not done by work_do(), but by whatever is called between these two, and takes
// WORK_ITEM_MS of waiting: it counts as the next item that nobody has begun. work_item_begin() returns
// its number, for work_item_end(), or -1 if there are no more items; there they meet when items meet. The
// result of item I, for work_end(), is I + 1.
enum { WORK_ITEM_MS = 50 };
int work_item_begin(void);
void work_item_end(int item);

void work_begin(void);
void work_end(const uint64_t results[]);

// Steps of the computation that take a millisecond of processor time here, measured at its quickest.
int64_t work_steps_per_ms(void);
