title = "One download, from its beginning"
unit = "milliseconds"
@bars
