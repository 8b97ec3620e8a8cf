package com.example.benchmark;

/** Bodies of the objects, without their metadata. */
final class Manifests {
  private static final String TEMPLATE =
      """
      {"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1",
       "ports":[{"containerPort":80,"name":"http"}],"env":[{"name":"MODE","value":"fast"}],
       "resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"cpu":"1000m"}}}]%s}}
      """;

  private Manifests() {}

  static String of(String kind) {
    String selector = "\"selector\":{\"matchLabels\":{\"app\":\"web\"}}";
    return switch (kind) {
      case "Service" ->
          "{\"spec\":{\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80,\"name\":\"http\"}]}}";
      case "ServiceAccount" -> "{}";
      case "LimitRange" ->
          "{\"spec\":{\"limits\":[{\"type\":\"Container\",\"default\":{\"cpu\":\"500m\"}}]}}";
      case "PodTemplate" -> "{\"template\":" + template("") + "}";
      case "ReplicationController" ->
          "{\"spec\":{\"replicas\":0,\"selector\":{\"app\":\"web\"},\"template\":"
              + template("")
              + "}}";
      case "PersistentVolumeClaim" ->
          "{\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"storageClassName\":\"fast\","
              + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}";
      case "Deployment", "ReplicaSet" ->
          "{\"spec\":{\"replicas\":3," + selector + ",\"template\":" + template("") + "}}";
      case "StatefulSet" ->
          "{\"spec\":{\"serviceName\":\"web\"," + selector + ",\"template\":" + template("") + "}}";
      case "DaemonSet" -> "{\"spec\":{" + selector + ",\"template\":" + template("") + "}}";
      case "Job" -> "{\"spec\":{\"template\":" + template(",\"restartPolicy\":\"Never\"") + "}}";
      case "CronJob" ->
          "{\"spec\":{\"schedule\":\"0 0 1 1 *\",\"jobTemplate\":{\"spec\":{\"template\":"
              + template(",\"restartPolicy\":\"Never\"")
              + "}}}}";
      case "Role" ->
          "{\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]}";
      case "RoleBinding" ->
          "{\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},"
              + "\"subjects\":[{\"kind\":\"User\",\"name\":\"u\","
              + "\"apiGroup\":\"rbac.authorization.k8s.io\"}]}";
      case "PodDisruptionBudget" -> "{\"spec\":{\"minAvailable\":1," + selector + "}}";
      case "NetworkPolicy" -> "{\"spec\":{\"podSelector\":{},\"ingress\":[{}]}}";
      case "Ingress" ->
          "{\"spec\":{\"defaultBackend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}}";
      default -> throw new IllegalArgumentException("no manifest for the kind " + kind);
    };
  }

  private static String template(String more) {
    return TEMPLATE.formatted(more).strip();
  }

  /** What a kubelet and a scheduler make of a pod: about 4 KB, status included. */
  static String pod(int number) {
    StringBuilder containers = new StringBuilder();
    for (String name : new String[] {"app", "proxy"}) {
      containers.append(containers.isEmpty() ? "" : ",").append(container(name, number));
    }
    return """
        {"spec":{"nodeName":"node-%d","restartPolicy":"Always","dnsPolicy":"ClusterFirst",
         "serviceAccountName":"default","terminationGracePeriodSeconds":30,"priority":0,
         "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists",
           "effect":"NoExecute","tolerationSeconds":300}],
         "containers":[%s],"note":"%s"}}
        """
        .formatted(number % 100, containers, Workload.noise(number, 900));
  }

  private static String container(String name, int number) {
    return """
        {"name":"%s","image":"registry.example.com/team-%d/%s:1.%d","imagePullPolicy":"IfNotPresent",
         "ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],
         "env":[{"name":"A","value":"%s"},{"name":"B","value":"%s"}],
         "resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"memory":"256Mi"}},
         "livenessProbe":{"httpGet":{"path":"/live","port":"http"},"periodSeconds":10},
         "readinessProbe":{"httpGet":{"path":"/ready","port":"http"},"periodSeconds":10},
         "volumeMounts":[{"name":"data","mountPath":"/data"}],
         "securityContext":{"runAsNonRoot":true,"capabilities":{"drop":["ALL"]}}}
        """
        .formatted(
            name,
            number % 20,
            name,
            number % 7,
            Workload.noise(number + 1, 350),
            Workload.noise(number + 2, 350));
  }
}
