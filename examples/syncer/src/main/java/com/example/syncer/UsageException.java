package com.example.syncer;

/** What the command line asks for can't be done; the message is one line for the operator. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
