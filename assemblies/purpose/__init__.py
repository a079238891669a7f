"""The purpose of a board, line by line: its versions, and rounds that ask member organisations whether each line stands."""
