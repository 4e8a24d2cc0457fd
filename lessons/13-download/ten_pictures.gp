title = "Ten pictures, one after the other"
unit = "milliseconds"
@timeline
