package com.example.health;

/** What was given can't be read; the message is one line for the person who gave it. */
final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadInputException(String message) {
    super(message);
  }
}
