title = "From the start to the end of the wait"
unit = "microseconds"
@bars
