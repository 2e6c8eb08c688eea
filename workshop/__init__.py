"""Bothand: live, anonymous workshops about dependence and independence."""
