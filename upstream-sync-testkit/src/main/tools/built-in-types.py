#!/usr/bin/env python3
"""Writes the table of built-in types that the in-memory API server reads.

  kubectl version   # the context must be a kube-apiserver of the wanted version, no CRDs
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
        if not target.get('type'):
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


def field(name, schema, required):
    text = name + ':' + type_of(schema) + ('!' if required else '')
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
    fields = [field(f, s, f in required) for f, s in sorted(schema.get('properties', {}).items())]
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
            if 'requestBody' in operation:
                kind = operation['x-kubernetes-group-version-kind']
                body = operation['requestBody']['content']['*/*']['schema']
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
