/** The syncer in a program of one's own. */
package com.example.embed;
