/** The stand-alone syncer: one SyncTarget, two kubeconfigs. */
package com.example.syncer;
