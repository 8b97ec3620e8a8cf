#!/usr/bin/env python3
"""Writes the table of built-in types that the in-memory API server reads.

  kubectl version   # the context must be a kube-apiserver of the wanted version
  python3 upstream-sync-testkit/src/main/tools/built-in-types.py \
    > upstream-sync-testkit/src/main/resources/io/kcp/upstream/testkit/apply/built-in-types.txt

The format is explained in the class TypeTable.
"""
import json
import os
import subprocess

SCALARS = {'string': 's', 'integer': 'i', 'number': 'n', 'boolean': 'b'}
PREFIX = '#/components/schemas/'
SPECIAL = {
    'io.k8s.apimachinery.pkg.api.resource.Quantity': 'q',
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'x',
    'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 't',
    'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'u',
    'io.k8s.apimachinery.pkg.runtime.RawExtension': '*',
    'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': '?',
}

# What the server's Go types say and its OpenAPI document does not; a name, or a type and a name.
# Optional numbers and booleans that are no pointers: a zero is not printed.
ZERO_NOT_PRINTED = set("""
active availableReplicas currentHealthy currentReplicas deprecatedCount desiredHealthy failed
failureThreshold fullyLabeledReplicas generation healthCheckNodePort hostPort initialDelaySeconds
minReadySeconds nodePort number numberAvailable numberUnavailable periodSeconds readyReplicas
signal sizeBytes succeeded successThreshold unavailableReplicas updatedNumberScheduled
updatedReplicas observedGeneration
Event.count DeploymentStatus.replicas ScaleSpec.replicas EventSeries.count Probe.timeoutSeconds
AWSElasticBlockStoreVolumeSource.partition GCEPersistentDiskVolumeSource.partition
CustomResourceColumnDefinition.priority
chapAuthDiscovery chapAuthSession clusterScope deprecated exclusiveMaximum exclusiveMinimum
globalDefault hostIPC hostNetwork hostPID nullable paused preserveUnknownFields
publishNotReadyAddresses readOnly sslEnabled stdin stdinOnce tty uniqueItems unschedulable
x-kubernetes-embedded-resource x-kubernetes-int-or-string
""".split())
# Optional strings that are pointers: an empty one is printed.
EMPTY_PRINTED = set("""
$ref appProtocol cachingMode completionMode deprecationWarning failurePolicy fsGroupChangePolicy
fsGroupPolicy gmsaCredentialSpec gmsaCredentialSpecName holderIdentity hostnameOverride
ingressClassName initiatorName internalTrafficPolicy ipFamilyPolicy ipMode labelSelectorPath
loadBalancerClass localhostProfile managedBy matchPolicy mountPropagation nodeAffinityPolicy
nodeTaintsPolicy parameterNotFoundAction persistentVolumeName podReplacementPolicy
preemptionPolicy preferredHolder procMount propagationPolicy reclaimPolicy recursiveReadOnly
reinvocationPolicy resourceClaimName resourceClaimTemplateName runAsUserName runtimeClassName
scope seLinuxChangePolicy secretNamespace selectPolicy service signerName stopSignal strategy
supplementalGroupsPolicy timeZone trafficDistribution unhealthyPodEvictionPolicy
volumeAttributesClassName volumeBindingMode volumeMode x-kubernetes-list-type
x-kubernetes-map-type zone
ServiceReference.path Validation.reason WebhookClientConfig.url ValidationRule.reason
AzureDiskVolumeSource.fsType AzureDiskVolumeSource.kind CSIVolumeSource.fsType
ClusterTrustBundleProjection.name Container.restartPolicy EndpointAddress.nodeName
HostPathVolumeSource.type LocalVolumeSource.fsType PersistentVolumeClaimSpec.storageClassName
PodDNSConfigOption.value TypedLocalObjectReference.apiGroup TypedObjectReference.apiGroup
TypedObjectReference.namespace Endpoint.hostname Endpoint.nodeName EndpointPort.name
EndpointPort.protocol IngressClassParametersReference.apiGroup
IngressClassParametersReference.namespace NetworkPolicyPort.protocol
""".split())
# Optional, and printed all the same, as null or zero.
ALWAYS_PRINTED = set("""
CustomResourceDefinitionStatus.conditions CustomResourceDefinitionStatus.storedVersions
HorizontalPodAutoscalerStatus.currentMetrics AzureFilePersistentVolumeSource.secretNamespace
ContainerImage.names NodeRuntimeHandler.name ProjectedVolumeSource.sources
TypedLocalObjectReference.apiGroup TypedObjectReference.apiGroup EndpointSlice.endpoints
EndpointSlice.ports LimitedPriorityLevelConfiguration.nominalConcurrencyShares
ResourcePolicyRule.namespaces ClusterRole.rules Role.rules DeviceClaim.requests
CSINodeDriver.topologyKeys
""".split())
# Required, or with a default of zero, and not printed when it is zero.
NOT_ALWAYS_PRINTED = set("""
ValidatingAdmissionPolicyBindingSpec.policyName
ValidatingAdmissionPolicyBindingSpec.validationActions ScaleSpec.replicas
AzureDiskVolumeSource.readOnly CSIVolumeSource.readOnly ReplicationControllerSpec.minReadySeconds
ParentReference.name ParentReference.resource
""".split())


def is_in(names, owner, name):
    return name in names or owner.split('.')[-1] + '.' + name in names


def get(path):
    kubectl = os.environ.get('KUBECTL', 'kubectl')
    return json.loads(subprocess.check_output([kubectl, 'get', '--raw', path]))


def short(name):
    return '.'.join(name.split('.')[-3:])


def ref(schema):
    one = schema.get('allOf', [{}])[0].get('$ref') or schema.get('$ref')
    return one[len(PREFIX):] if one else None


def type_of(schema):
    atomicity = {'atomic': '~', 'granular': '+'}.get(schema.get('x-kubernetes-map-type'), '')
    name = ref(schema)
    if name in SPECIAL:
        return SPECIAL[name]
    if name:
        target = definitions[name]
        if not target.get('type') or not target.get('properties'):
            return '?'
        used.add(name)
        return atomicity + short(name)
    kind = schema.get('type')
    if kind in SCALARS:
        return 'y' if schema.get('format') == 'byte' else SCALARS[kind]
    if kind == 'array':
        relation = {'map': ','.join(schema.get('x-kubernetes-list-map-keys', [])), 'set': '='}
        return '[%s]%s' % (relation.get(list_type(schema), ''), type_of(schema['items']))
    if kind == 'object' and 'additionalProperties' in schema:
        return ('~' if atomicity == '~' else '') + '{}' + type_of(schema['additionalProperties'])
    return '?'


def list_type(schema):
    declared = schema.get('x-kubernetes-list-type')
    if declared is None and 'x-kubernetes-patch-merge-key' in schema:
        raise SystemExit('a merge key without a list type: %s' % schema)
    return declared


def is_printed(owner, name, schema, required):
    if is_in(NOT_ALWAYS_PRINTED, owner, name):
        return False
    zero = schema.get('default') in ('', 0, False) and 'default' in schema
    return required or zero and name != 'name' or is_in(ALWAYS_PRINTED, owner, name)


def drops_zero(owner, name, schema):
    if schema.get('type') == 'string':
        return not is_in(EMPTY_PRINTED, owner, name)
    return schema.get('type') in SCALARS and is_in(ZERO_NOT_PRINTED, owner, name)


def field(owner, name, schema, required):
    printed = is_printed(owner, name, schema, required)
    text = name + ':' + type_of(schema) + ('!' if printed else '')
    if not printed and drops_zero(owner, name, schema):
        text += '-'
    default = schema.get('default')
    if default == {}:
        text += '.'
    elif default in ('', 0, False) and default is not None:
        text += '0'
    elif default is not None:
        text += '=' + json.dumps(default, separators=(',', ':'))
    if 'x-kubernetes-patch-strategy' in schema:
        key = schema.get('x-kubernetes-patch-merge-key')
        text += '@' + schema['x-kubernetes-patch-strategy'] + (':' + key if key else '')
    assert ' ' not in text, text
    return text


def line(name, schema):
    required = schema.get('required', [])
    fields = [
        field(name, f, s, f in required) for f, s in sorted(schema.get('properties', {}).items())]
    atomic = '~' if schema.get('x-kubernetes-map-type') == 'atomic' else ''
    return ' '.join([atomic + short(name)] + fields)


definitions, used, kinds = {}, set(), {}
for path, entry in sorted(get('/openapi/v3')['paths'].items()):
    if not (path.startswith('api/') or path.startswith('apis/') and path.count('/') == 2):
        continue
    document = get(entry['serverRelativeURL'])
    definitions.update(document['components']['schemas'])
    for url, operations in document['paths'].items():
        for verb in ('post', 'put'):
            operation = operations.get(verb, {})
            content = operation.get('requestBody', {}).get('content', {})
            if '*/*' in content:  # else it is a custom resource
                kind = operation['x-kubernetes-group-version-kind']
                body = content['*/*']['schema']
                key = (kind['group'], kind['version'], kind['kind'], ref(body))
                kinds[key] = kinds.get(key, False) or url.endswith('/status')

for (group, version, kind, name), status in sorted(kinds.items()):
    used.add(name)
    print('kind %s/%s %s %s%s' % (group, version, kind, short(name), ' status' if status else ''))
done = set()
while used - done:
    for name in sorted(used - done):
        done.add(name)
        print(line(name, definitions[name]))
