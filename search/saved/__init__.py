"""What readers keep: saved searches, findings. It outlives the index that it was found in."""
