package com.techcourse.platform.storage;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The one store of this academy; opened when it is first needed. */
@Configuration(proxyBeanMethods = false)
class StorageSettings {

    @Bean
    @Lazy
    Storage storage(@Value("${techcourse.storage-url}") String url) {
        return StorageUrl.parse(url).open(DefaultCredentialsProvider.builder().build());
    }
}
