title = "60 images of 20 ms, eight at a time"
unit = "milliseconds"
@bars
