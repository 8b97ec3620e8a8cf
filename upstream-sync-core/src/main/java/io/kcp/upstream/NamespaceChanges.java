package io.kcp.upstream;

import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.sync.KeyQueue;
import io.kcp.upstream.sync.WorkKey;
import java.util.Set;

/**
 * Queues what is in a namespace of which something else may have to be made now.
 *
 * @param turned told of another state of what is known of namespaces
 */
record NamespaceChanges(Copies.Force force, TypeMirrors mirrors, KeyQueue queue, Runnable turned)
    implements NamespaceView.Audience {

  @Override
  public void changed(Set<String> physical, Set<String> upstream) {
    InForce now = force.now();
    if (now == null) {
      return;
    }
    for (TypeMirrors.Pair pair : mirrors.pairs()) {
      GroupResource resource = pair.type().resource();
      for (String namespace : physical) {
        for (MirrorEntry entry : pair.physical().entries(namespace)) {
          again(now, new WorkKey(resource, entry.namespace(), entry.name()));
        }
      }
      for (String namespace : upstream) {
        for (MirrorEntry entry : pair.upstream().entries(namespace)) {
          now.transformation()
              .physical(new ObjectKey(Side.UPSTREAM, resource, namespace, entry.name()))
              .ifPresent(
                  key -> again(now, new WorkKey(key.resource(), key.namespace(), key.name())));
        }
      }
    }
  }

  private void again(InForce now, WorkKey key) {
    now.reconciler().reconsider(key);
    queue.add(key);
  }

  @Override
  public void stateChanged() {
    turned.run();
  }
}
