title = "One item at a time, the longest last"
unit = "milliseconds"
until = 380
@timeline
