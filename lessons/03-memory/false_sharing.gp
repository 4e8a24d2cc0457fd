title = "Two processes, each with a counter of its own"
unit = "nanoseconds for an addition"
@bars
