"""Would a cache that compares meanings give right answers? `python -m bench.meaning`, see there.

__main__     the tables
pairs        pairs of questions: written by hand, and made from frames
pairs/       those that are written, one file a language
frames       the frames
guard        what two questions must have in common besides their meaning
words        the words that a guard compares, or passes over
embedder     vectors of the questions
score        precision, recall, and how sure they are
"""
