"""Questions in, quotations out: understanding, candidates, ranking, answers, refusals."""
