package io.magpie.adapter.nacos;

import java.util.Arrays;
import java.util.List;

/// Where the nodes are listed.
///
/// @param servers as in `host:8848,host:8848`
/// @param namespace `public` unless the operator made one
/// @param user empty if Nacos asks for none
public record NacosService(String servers, String namespace, String group, String name, String user, String password) {
    /// The nodes of `magpie` in Nacos's own namespace and group, without authentication.
    public static NacosService at(String servers) {
        return new NacosService(servers, "public", "DEFAULT_GROUP", "magpie", "", "");
    }

    List<String> addresses() {
        return Arrays.stream(servers.split(",", -1)).map(String::strip).toList();
    }

    @Override
    public String toString() {
        return servers + "/" + namespace + "/" + group + "/" + name;
    }
}
