"""Our words for the enumerations of VERIS and the sentences they fill, in English and Chinese: data, in YAML.

The identifiers (the keys) are those of the VERIS schema 1.4.1; identifiers that only older records (1.3.3 and later)
carry stand at the end of their table. The texts are ours, and whoever translates them edits nothing but these files.
`tables` says which file holds the words for which place in a record and reads it when the first of them is asked for,
`story` reads the sentences; `entries` is what the richer tables hold, `files` how a file is read and checked.
"""
