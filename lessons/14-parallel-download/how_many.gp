title = "64 pages of 10 ms, by the number of workers"
unit = "milliseconds"
@bars
