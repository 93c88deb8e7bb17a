package io.magpie.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom a client believes when it speaks TLS.
public final class Trust {
    private Trust() {}

    /// Those that this machine trusts.
    public static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine's trusted certificates cannot be used", e);
        }
    }

    /// Only the certificates in a PEM file, and those they signed.
    ///
    /// @throws IOException if it holds none
    public static SSLContext only(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            if (trusted.size() > 0) {
                return context;
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(pem + " cannot be used (expected: a PEM file with certificates)", e);
        }
        throw new IOException(pem + " holds no certificate (expected: a PEM file with certificates)");
    }
}
