/**
 * The API object {@code SyncTarget} of {@code workload.kcp.io/v1alpha1} for the official Java
 * client: start from {@link io.kcp.workload.v1alpha1.SyncTarget}. Its CRD is the resource {@code
 * crds/workload.kcp.io_synctargets.yaml} of this module. These are the only types of the module
 * that need {@code client-java-api}, an optional dependency.
 *
 * <p>Parts of spec and status are plain mutable data with public fields, named as in the schema:
 *
 * <ul>
 *   <li>A field that has a default in the schema begins with it and is never null.
 *   <li>A list or map is never null. An empty one is left out when written, unless the default is
 *       another.
 *   <li>A text that the schema requires is never null, and begins empty, which the server refuses.
 *   <li>Any other field is null when absent.
 *   <li>Words of a fixed set, such as a policy's, are text: a newer server may know more of them.
 * </ul>
 *
 * <p>Members that a newer CRD has and these types don't are kept and written again, at any depth.
 * So reading, changing and replacing an object loses nothing.
 */
@NullMarked
package io.kcp.workload.v1alpha1;

import org.jspecify.annotations.NullMarked;
