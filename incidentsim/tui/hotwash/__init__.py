"""The hot wash on the screen: questions and answers, strengths and weaknesses, improvement items of one run."""
