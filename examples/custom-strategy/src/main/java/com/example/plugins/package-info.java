/**
 * Plug-ins of a platform team: put the jar on the class path of the syncer, and name them in a
 * SyncTarget.
 *
 * <pre>{@code
 * transformers: [{name: acme.example.com/public-images, parameters: {mirror: mirror.internal/}}]
 * conflict:
 *   rules:
 *     - {name: replicas, group: apps, resource: deployments, fields: [spec.replicas],
 *        strategy: acme.example.com/highest-wins}
 * }</pre>
 */
package com.example.plugins;
