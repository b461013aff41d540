"""All that only reads: figures, lists, history, forecast, ranking, what falls due."""
