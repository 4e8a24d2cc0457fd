title = "160 pages of 8 ms, by the number of workers"
unit = "milliseconds"
@bars
