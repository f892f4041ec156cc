"""What a scenario begins with for any procedure: the people, who hears what, and the first files of one's own."""
