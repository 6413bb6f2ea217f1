"""Files that hold other files: archives, mails, and lists of ready reports, in each other too."""
