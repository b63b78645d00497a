"""What the engines share: reasons in two languages, plain words about wrong input, JSON faces."""
