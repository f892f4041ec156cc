"""Documents for people, made of blocks, and what writes them: Markdown, HTML, Word, PDF, workbook, CSV.

What must never enter: what a document is about. Reports and papers say it.
"""
