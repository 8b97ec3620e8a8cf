/**
 * What is measured, each in a process of its own: the engine, and what a user would write instead.
 */
package com.example.benchmark.contender;
