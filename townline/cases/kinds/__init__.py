"""What some kinds of case need beside what all do: the right place, complaints, compliments, feedback."""
