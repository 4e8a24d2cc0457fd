title = "Ten images, a process for each"
unit = "milliseconds"
until = 1100
@timeline
