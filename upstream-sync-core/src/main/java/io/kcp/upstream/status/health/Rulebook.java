package io.kcp.upstream.status.health;

/** The rules of one profile. An object of which a field can't be read throws. */
interface Rulebook {
  Rule.Decided judge(Look look);
}
