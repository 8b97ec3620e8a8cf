/**
 * Benchmarks of the engine and of the in-memory server, each beside what a user would take instead.
 */
package com.example.benchmark;
