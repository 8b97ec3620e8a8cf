package io.kcp.upstream.spi;

import java.util.Map;

public interface TransformContext {
  ObjectKey physical();

  ObjectKey upstream();

  String syncTarget();

  Map<String, String> syncTargetLabels();

  Map<String, String> parameters();
}
