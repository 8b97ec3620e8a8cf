package io.kcp.upstream;
