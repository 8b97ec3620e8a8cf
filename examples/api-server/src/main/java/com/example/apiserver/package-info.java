/** An in-memory API server that kubectl can talk to. */
package com.example.apiserver;
