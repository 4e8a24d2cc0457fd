title = "60 images of 30 ms, eight at a time"
unit = "milliseconds"
@bars
