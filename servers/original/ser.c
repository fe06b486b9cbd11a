/* ser.c, verbatim from seed document 000 (000_c3e9d352952b8eff.txt, "TCP连接的建立与断开"). */
#include<stdio.h>
#include<stdlib.h>
#include<unistd.h>
#include<assert.h>
#include<string.h>
#include<sys/socket.h>
#include<netinet/in.h>
#include<arpa/inet.h>
int main()
{
//创建套接字
int sockfd = socket(AF_INET,SOCK_STREAM,0);
assert(sockfd != -1);
//创建套接字地址结构
struct sockaddr_in saddr,caddr;//caddr存放客户端的ip与端口
memset(&saddr,0,sizeof(saddr));//清空saddr
saddr.sin_family = AF_INET;//协议族或者叫地址族
saddr.sin_port = htons(6000);//端口 转换主机序列到网络序列
saddr.sin_addr.s_addr = inet_addr("127.0.0.1");//ip 字符串转换为整形
//绑定套接字
int res = bind(sockfd,(struct sockaddr*)&saddr,sizeof(saddr));
assert(res != -1);
//创建监听队列
listen(sockfd,5);
while(1)
{
//循环 接受客户端的连接
int len = sizeof(saddr);
printf("accept wait ......\n");
int c = accept(sockfd,(struct sockaddr*)&caddr,&len);
if(c < 0)
{
continue;
}
printf("accept c = %d\n",c);
while(1)
{
char buff[128] = {0};
if(recv(c,buff,127,0) <= 0)
{
break;
}
printf("buff=%s\n",buff);
send(c,"ok",2,0);
}
close(c);//关闭c
printf("close\n");
}
}
