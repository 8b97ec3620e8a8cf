/** The main job on two in-memory servers, start to end. */
package com.example.quickstart;
