package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Verb;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the in-memory server refuses to have said on a copy. */
@ApiServerTest
class InMemoryRefusedWordsIT extends RefusedWordsContract {
  /** Of two objects that are there with their status, one is refused once. */
  private void assertCreations(int code, String answer, int requests) throws Exception {
    gadgets(OPEN);
    shop.as("admin").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    shop.faults().on(Verb.CREATE, GADGETS).times(1).respondText(code, answer);
    long mark = shop.journal().mark();
    try (UpstreamSyncer syncer = started()) {
      assertThat(syncer.state().inSync()).isTrue();
    }
    assertThat(shop.journal().since(mark).of(Verb.CREATE, GADGETS).requests()).hasSize(requests);
  }

  private long copiesWithoutWords() {
    return Stream.of("one", "two")
        .flatMap(name -> shop.find(GADGETS, "shop", name).stream())
        .filter(copy -> !copy.annotations().containsKey(HEALTH))
        .count();
  }

  @ParameterizedTest
  @CsvSource({"413, request entity too large", "403, no policy allows it to u"})
  void whatIsRefusedForAnotherReasonIsNotSentAgain(int code, String answer) throws Exception {
    assertCreations(code, answer, 2);

    assertThat(copiesWithoutWords()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 422})
  void whatMayBeRefusedForOurWordsIsSentWithoutThem(int code) throws Exception {
    assertCreations(code, "admission webhook \"words\" denied the request", 3);

    assertThat(copiesWithoutWords()).isEqualTo(1);
  }
}
