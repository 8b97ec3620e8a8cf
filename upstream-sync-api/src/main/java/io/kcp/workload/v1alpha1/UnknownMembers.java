package io.kcp.workload.v1alpha1;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@link KeptMembers} by their fields, and carries over all members that have
 * none. It also hides from the client's metadata types what they don't know: they refuse the whole
 * object for one unknown member.
 */
final class UnknownMembers implements TypeAdapterFactory {
  private static final Map<Class<?>, Set<String>> STRICT =
      Map.of(
          V1ObjectMeta.class, V1ObjectMeta.openapiFields,
          V1ListMeta.class, V1ListMeta.openapiFields);

  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    return new Adapter<>(
        gson.getDelegateAdapter(this, type),
        gson.getAdapter(JsonElement.class),
        fields(type.getRawType()));
  }

  /** The JSON names of a type's fields, with the members that a strict field takes. */
  private static Map<String, Set<String>> fields(Class<?> type) {
    Map<String, Set<String>> fields = new HashMap<>();
    for (Class<?> c = type; c != KeptMembers.class && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
          fields.put(field.getName(), STRICT.getOrDefault(field.getType(), Set.of()));
        }
      }
    }
    return fields;
  }

  private static final class Adapter<T> extends TypeAdapter<T> {
    private final TypeAdapter<T> byFields;
    private final TypeAdapter<JsonElement> trees;
    private final Map<String, Set<String>> fields;
    private volatile @Nullable JsonObject initial;

    Adapter(
        TypeAdapter<T> byFields, TypeAdapter<JsonElement> trees, Map<String, Set<String>> fields) {
      this.byFields = byFields;
      this.trees = trees;
      this.fields = fields;
    }

    @Override
    public T read(JsonReader in) throws IOException {
      JsonElement json = trees.read(in);
      if (!json.isJsonObject()) {
        return byFields.fromJsonTree(json); // which says what it expected
      }
      JsonObject known = new JsonObject();
      JsonObject unknown = new JsonObject();
      split(json.getAsJsonObject(), known, unknown);
      T value = byFields.fromJsonTree(known);
      ((KeptMembers) value).membersWithoutField = unknown;
      return value;
    }

    private void split(JsonObject json, JsonObject known, JsonObject unknown) {
      for (Map.Entry<String, JsonElement> member : json.entrySet()) {
        String name = member.getKey();
        if (member.getValue().isJsonNull()) {
          continue; // absent: a field that is never null keeps what it begins with
        }
        Set<String> strict = fields.get(name);
        if (strict == null) {
          unknown.add(name, member.getValue());
        } else if (strict.isEmpty() || !member.getValue().isJsonObject()) {
          known.add(name, member.getValue());
        } else {
          JsonObject taken = member.getValue().getAsJsonObject().deepCopy();
          JsonObject left = taken.deepCopy();
          taken.keySet().retainAll(strict);
          left.keySet().removeAll(strict);
          known.add(name, taken);
          if (!left.isEmpty()) {
            unknown.add(name, left);
          }
        }
      }
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      JsonObject json = fieldsOf(value);
      JsonObject initial = initial();
      json.entrySet()
          .removeIf(member -> isEmpty(member.getValue()) && isEmpty(initial.get(member.getKey())));
      merge(json, ((KeptMembers) value).membersWithoutField);
      trees.write(out, json);
    }

    /**
     * All fields that are set; metadata without the empty lists that the client's types begin with.
     */
    private JsonObject fieldsOf(T value) {
      JsonObject json = byFields.toJsonTree(value).getAsJsonObject();
      json.entrySet().removeIf(member -> member.getValue().isJsonNull());
      for (Map.Entry<String, JsonElement> member : json.entrySet()) {
        if (!fields.getOrDefault(member.getKey(), Set.of()).isEmpty()) {
          member
              .getValue()
              .getAsJsonObject()
              .entrySet()
              .removeIf(part -> part.getValue().isJsonNull() || isEmpty(part.getValue()));
        }
      }
      return json;
    }

    /**
     * What an object writes that was just made. Not known before the adapters below this one are.
     */
    private JsonObject initial() {
      JsonObject found = initial;
      if (found == null) {
        found = fieldsOf(byFields.fromJsonTree(new JsonObject()));
        initial = found;
      }
      return found;
    }

    private static boolean isEmpty(@Nullable JsonElement json) {
      return (json instanceof JsonObject object && object.isEmpty())
          || (json != null && json.isJsonArray() && json.getAsJsonArray().isEmpty());
    }

    private static void merge(JsonObject json, JsonObject unknown) {
      for (Map.Entry<String, JsonElement> member : unknown.entrySet()) {
        JsonElement there = json.get(member.getKey());
        if (there != null && there.isJsonObject() && member.getValue().isJsonObject()) {
          merge(there.getAsJsonObject(), member.getValue().getAsJsonObject());
        } else {
          json.add(member.getKey(), member.getValue());
        }
      }
    }
  }
}
