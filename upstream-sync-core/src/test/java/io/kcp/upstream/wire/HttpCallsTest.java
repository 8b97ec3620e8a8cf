package io.kcp.upstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.kubernetes.client.openapi.auth.Authentication;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class HttpCallsTest {
  private static final HttpCalls.Times TIMES =
      new HttpCalls.Times(Duration.ofSeconds(3), Duration.ZERO);
  private static final ApiRequest POST =
      ApiRequest.post("/api/v1/things", ObjectTree.of(Map.of("name", "é")))
          .with("fieldManager", "a b/c");

  private final HttpCalls calls = new HttpCalls();

  @Test
  void aRequestWithABodyIsTheClientsOwn() throws Exception {
    ApiClient client = client();
    client.setApiKeyPrefix("Bearer");
    client.setApiKey("token");
    client.addDefaultHeader("Impersonate-User", "somebody");

    Request request = call(client, POST).request();

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.url())
        .hasToString("https://host:1/base/clusters/x/api/v1/things?fieldManager=a%20b%2Fc");
    assertThat(request.header("Authorization")).isEqualTo("Bearer token");
    assertThat(request.header("Impersonate-User")).isEqualTo("somebody");
    assertThat(request.header("Accept")).isEqualTo("application/json");
    assertThat(request.body().contentType()).hasToString("application/json");
    assertThat(body(request)).isEqualTo("{\"name\":\"é\"}");
  }

  @Test
  void anAuthenticationThatSignsIsShownMethodAndBody() throws Exception {
    List<String> signed = new ArrayList<>();
    ApiClient client = new Signing(signed);

    Request request = call(client, POST).request();

    assertThat(signed).containsExactly("POST {\"name\":\"é\"}");
    assertThat(body(request)).isEqualTo("{\"name\":\"é\"}");
  }

  @Test
  void aDeletionHasItsOptions() throws Exception {
    Request request =
        call(client(), ApiRequest.delete("/api/v1/things/a", Map.of("kind", "o"))).request();

    assertThat(request.method()).isEqualTo("DELETE");
    assertThat(body(request)).isEqualTo("{\"kind\":\"o\"}");
  }

  @Test
  void timeOutsAreTheCallsAndTheClientStaysAsItIs() throws Exception {
    ApiClient client = client();
    OkHttpClient before = client.getHttpClient();

    Call call = call(client, POST);

    assertThat(call.timeout().timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(3));
    assertThat(client.getHttpClient()).isSameAs(before);
    assertThat(before.callTimeoutMillis()).isZero();
  }

  @Test
  void aClientThatWasExchangedIsUsedFromThenOn() throws Exception {
    ApiClient client = client();
    List<String> asked = new ArrayList<>();
    Call unsent = call(client, POST);
    assertThat(unsent.isExecuted()).isFalse();

    client.setHttpClient(
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  asked.add(chain.request().method());
                  throw new IOException("not sent");
                })
            .build());

    assertThat(call(client, POST)).satisfies(HttpCallsTest::fails);
    assertThat(asked).containsExactly("POST");
  }

  private static void fails(Call call) {
    org.assertj.core.api.Assertions.assertThatThrownBy(call::execute).hasMessage("not sent");
  }

  private Call call(ApiClient client, ApiRequest request) throws ApiException {
    return calls.call(client, "/clusters/x", request, TIMES);
  }

  private static ApiClient client() {
    return new ApiClient().setBasePath("https://host:1/base");
  }

  private static String body(Request request) throws IOException {
    Buffer buffer = new Buffer();
    request.body().writeTo(buffer);
    return buffer.readString(UTF_8);
  }

  private static final class Signing extends ApiClient {
    private final transient Authentication signer;

    Signing(List<String> signed) {
      setBasePath("https://host:1/base");
      signer =
          new Authentication() {
            @Override
            public void applyToParams(
                List<Pair> query,
                Map<String, String> headers,
                Map<String, String> cookies,
                String payload,
                String method,
                URI uri) {
              signed.add(method + " " + payload);
            }
          };
    }

    @Override
    public Authentication getAuthentication(String name) {
      return signer;
    }

    @Override
    public void updateParamsForAuth(
        String[] names,
        List<Pair> query,
        Map<String, String> headers,
        Map<String, String> cookies,
        String payload,
        String method,
        URI uri)
        throws ApiException {
      signer.applyToParams(query, headers, cookies, payload, method, uri);
    }
  }
}
