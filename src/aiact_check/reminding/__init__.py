"""What comes near or has changed since it was looked at: dates, duties begun, assessments to make anew."""
