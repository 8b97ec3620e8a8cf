package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The normal forms are those of a Kubernetes 1.36 API server. */
class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1000m, 1",
    "0.1, 100m",
    "1.5, 1500m",
    "0, 0",
    "0.0, 0",
    "00, 0",
    "1k, 1k",
    "1000k, 1M",
    "1000, 1k",
    "1024, 1024",
    "1Ki, 1Ki",
    "1024Ki, 1Mi",
    "1000Ki, 1000Ki",
    "0.5Ki, 512",
    "0.5Mi, 512Ki",
    "1.5Gi, 1536Mi",
    "1536Mi, 1536Mi",
    "1e3, 1e3",
    "1E3, 1E3",
    "1e6, 1e6",
    "1e9, 1e9",
    "1500e-3, 1500e-3",
    "12e-1, 1200e-3",
    "1e2, 100",
    "3e4, 30e3",
    "1M, 1M",
    "1000M, 1G",
    "1G, 1G",
    "1T, 1T",
    "1P, 1P",
    "1E, 1E",
    "1Ei, 1Ei",
    "1024Pi, 1Ei",
    "0.5m, 1m",
    "0.001, 1m",
    "1n, 1m",
    "0.5n, 1m",
    "1u, 1m",
    "1500u, 2m",
    "1000000n, 1m",
    "100, 100",
    "128974848, 128974848",
    "129e6, 129e6",
    "129M, 129M",
    "123Mi, 123Mi",
    "1., 1.",
    ".5, 500m",
    "+1, +1",
    "2000m, 2",
    "2500m, 2500m",
    "1000000000000, 1T",
    "1.1Ki, 1126400m",
    "1023, 1023",
    "1024.5Ki, 1049088",
    "0.9Mi, 943718400m",
    "5e-1, 500e-3",
    "1e1, 10",
    "10e3, 10e3",
    "1.25Ki, 1280",
    "999999999, 999999999",
    "1000000000001, 1000000000001",
    "1.234, 1.234",
    "12.345, 12.345",
    "1.23, 1230m",
    "1.2345, 1235m",
    "1234.5678, 1234568m",
    "1000.000, 1k",
    "1.000, 1",
    "10.5k, 10500",
    "1.234M, 1.234M",
    "12.5e3, 12500",
    "1.5e6, 1500e3",
    "100000m, 100",
    "1001m, 1001m",
    "1.5m, 2m",
    "3.14159265358979, 3142m",
    "7.5Ki, 7680",
    "0.3Ki, 307200m"
  })
  void hasOneNormalForm(String written, String normal) {
    assertThat(Quantity.ofResource(written)).isEqualTo(normal);
    assertThat(Quantity.ofResource(normal)).isEqualTo(normal);
  }

  @Test
  void onlyAmountsOfResourcesAreRounded() {
    assertThat(Quantity.canonical("1u")).isEqualTo("1u");
    assertThat(Quantity.canonical("0.5n")).isEqualTo("1n");
    assertThat(Quantity.canonical("1.2345")).isEqualTo("1234500u");
  }

  @Test
  void numbersAreQuantitiesToo() {
    assertThat(Quantity.canonical(2L)).isEqualTo("2");
    assertThat(Quantity.canonical(0.5)).isEqualTo("500m");
    assertThat(Quantity.canonical(1e9)).isEqualTo("1G");
  }

  @Test
  void whatIsNoneStaysAsItIs() {
    assertThat(Quantity.canonical("much")).isEqualTo("much");
    assertThat(Quantity.canonical("1Zi")).isEqualTo("1Zi");
    assertThat(Quantity.canonical(null)).isNull();
  }
}
