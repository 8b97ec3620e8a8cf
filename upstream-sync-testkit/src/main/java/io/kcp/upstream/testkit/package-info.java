package io.kcp.upstream.testkit;
