"""The record: canonical bytes, sealed texts, the hash chain, the outcome digest, and what a store must do.

Nothing here reads a clock, a file, the environment or a random source: times and salts are given. Nothing here
knows SQL; `storage` keeps what this room makes.
"""
