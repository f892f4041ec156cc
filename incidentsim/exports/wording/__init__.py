"""What facts, refusals, reasons and names are called in a sentence, whatever the sentence is written into."""
