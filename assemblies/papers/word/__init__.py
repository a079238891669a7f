"""Cover reports in Word: written to be filled in, read when they come back, compared before anything changes.

`writing.write` makes the document, `receiving.read` reads one in the child process, `comparing` says what differs.
Nothing is imported here: the child process loads the reading part alone.
"""
