title = "64 items, by the number of workers"
unit = "milliseconds"
@bars
